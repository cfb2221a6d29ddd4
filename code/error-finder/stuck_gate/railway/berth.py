KINDS = [
    "side upper", "lower", "middle", "upper",
    "lower", "middle", "upper", "side lower",
]


def kind(number):
    return KINDS[number % 8]
