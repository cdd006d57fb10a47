"""The demo export: drawn scenes and the labels that fit them, made from the same geometry.

`make_demo` in `make.py` writes it. Nothing here is loaded by the rest of the program until a demo is asked for.
"""
