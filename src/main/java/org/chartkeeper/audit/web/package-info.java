@NullMarked
package org.chartkeeper.audit.web;

import org.jspecify.annotations.NullMarked;
