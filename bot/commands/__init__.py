"""What can be asked on the command line: one module a command, each with `run`.

A command prints for people and returns an exit code: 0 done, 1 something is wrong with what it was given. It refuses by
raising `Refused`, whose words stand in templates/words/cli.toml.
"""
