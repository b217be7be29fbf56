"""The moving figure: one body as an implicit surface, its skin, what it holds, and pictures of it.

Made once (`body_build`): `body_shape` says which solids make a body, `surface` joins them, `mesh` turns them
into triangles, `weights` ties the triangles to bones, `regions` says where the muscles lie, `body_file` keeps it.
Moved each time: `skin` follows the bones, `props` places what is held, `playing` tells a page, `picture` draws.
"""
