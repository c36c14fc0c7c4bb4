/** The quickstart's step for SQL Server EKM. */
@NullMarked
package org.cofferhsm.ekm.quickstart;

import org.jspecify.annotations.NullMarked;
