def points(raids, tackles):
    return raids + tackles
