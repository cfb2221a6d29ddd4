def issue(register, name):
    register.append(name)
