print([__name__, __package__])
try:
    from . import prices

    print("the dot works")
except ImportError as error:
    print(error)
