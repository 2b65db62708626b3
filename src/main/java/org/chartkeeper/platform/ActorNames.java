package org.chartkeeper.platform;

import java.util.Collection;
import java.util.Map;

/** Names of users for pages of lower floors; implemented by access. */
public interface ActorNames {

    /** Display names by user; an unknown user is left out. One statement. */
    Map<UserId, String> names(Collection<UserId> users);
}
