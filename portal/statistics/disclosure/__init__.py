"""No single firm's figure is to be inferred: what is withheld, what else has to be, what an outsider can still tell.

Pure: no Django, no clock, no database. Method: cell suppression (Hundepool et al., Statistical Disclosure Control,
2012).
"""
