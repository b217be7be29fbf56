"""Strength: rep-max equations, the filters over somebody's log, and how well they predict."""
