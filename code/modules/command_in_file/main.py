python tea.py
