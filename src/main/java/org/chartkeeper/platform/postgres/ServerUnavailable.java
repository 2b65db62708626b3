package org.chartkeeper.platform.postgres;

import org.jspecify.annotations.Nullable;

/** The embedded server cannot start here. The message says what to do about it. */
public class ServerUnavailable extends RuntimeException {

    public ServerUnavailable(String message) {
        super(message);
    }

    public ServerUnavailable(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
