"""How programmes, methods, projects and plans are written of: what in running text looks like the name of one."""
