"""Do the addresses still answer that facts were read at?"""
