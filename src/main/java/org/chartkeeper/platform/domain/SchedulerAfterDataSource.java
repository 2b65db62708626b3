package org.chartkeeper.platform.domain;

import com.github.kagkarlsson.scheduler.boot.autoconfigure.DbSchedulerAutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;

/**
 * Has the job queue configured after the database. The starter of db-scheduler 16.7 names the place where Spring Boot 3
 * had that configuration, so that without this it finds no database, says nothing, and no job ever runs.
 */
@AutoConfiguration(after = DataSourceAutoConfiguration.class, before = DbSchedulerAutoConfiguration.class)
class SchedulerAfterDataSource {}
