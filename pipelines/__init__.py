"""Chancery: diplomatic and trade news, read into an analytics warehouse."""
