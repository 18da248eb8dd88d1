"""What the bot knows and decides, plus the few files that start it. Imports nothing.

forms      what is asked                      (pure)
facts      what may be stored                 (pure)
checks     rules between figures              (pure)
replies    what was typed                     (pure)
periods    when                               (pure)
reports    what is handed up                  (pure)
decisions  what follows from a message or a moment (pure)
rendering  words, Word, PDF and pictures, from templates
settings, app, demo, __main__   start and stop
"""
