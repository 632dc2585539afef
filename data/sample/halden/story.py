"""stub"""
def write_story(path, accounts, contacts, waves, employees, audits):
    pass
