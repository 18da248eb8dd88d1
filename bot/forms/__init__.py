"""What is asked: form, sections, indicators, departments, checks. Pure: knows no reply, no clock, no file."""
