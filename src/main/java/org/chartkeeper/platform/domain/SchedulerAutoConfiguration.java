package org.chartkeeper.platform.domain;

import com.github.kagkarlsson.scheduler.boot.autoconfigure.DbSchedulerAutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.context.annotation.Import;

/**
 * Brings the job queue in after the database. Its own auto-configuration (16.7.1) still names the place where Boot 3 had
 * that of the data source, so that it would be judged before there is one, and left out; it is excluded in the settings.
 */
@AutoConfiguration(after = DataSourceAutoConfiguration.class)
@Import(DbSchedulerAutoConfiguration.class)
class SchedulerAutoConfiguration {}
