"""stub"""
def prove(model, most): return None
