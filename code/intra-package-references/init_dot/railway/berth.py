def kind(number):
    return "side lower"
