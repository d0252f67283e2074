"""What stands between the network and the routes: pure ASGI layers, which leave streams alone."""
