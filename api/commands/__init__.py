"""One module per group of commands; heavy imports happen inside the functions, so that help is instant."""
