"""How the window looks: distances, colours, icons, and the widgets that pages share."""
