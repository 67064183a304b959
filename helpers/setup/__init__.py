"""How the environment comes about: standard library only, as nothing is installed yet.

environment   .venv with all of requirements.txt     debian_pip  pip for a Python that comes without
jupyter_home  where Jupyter keeps its files
"""
