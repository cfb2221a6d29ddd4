def sell(name):
    import main
    main.SOLD.append(name)
