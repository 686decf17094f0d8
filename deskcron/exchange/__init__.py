"""Importers and exporters, all speaking job documents."""
