"""How the environment comes about: standard library only, because it runs before anything is
installed.

environment   .venv with all of requirements.txt     debian_pip  pip for a Python that comes without
jupyter_home  where Jupyter keeps its files
"""
