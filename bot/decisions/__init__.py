"""What follows from a message or a moment. Pure: facts to store and messages to say, as data.

desk      what a decision may look at
outcome   what it may answer
reply, answer, command, office, enrol   what people send
tick      what moments bring
"""
