"""The files that questions travel in, a folder each.

Every format has ``KEY``, ``looks_like(data)``, ``read(data) -> Fidelity`` and
``write(questions) -> (bytes, Fidelity)``. Adding one means copying its neighbour and naming it
in ``FORMATS``. What is asked for by ``auto`` is the first format that the file looks like.
"""
