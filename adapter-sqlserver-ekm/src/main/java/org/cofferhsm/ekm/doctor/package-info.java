/** Checks of an installation: the native library, the service, a credential and its keys. */
@NullMarked
package org.cofferhsm.ekm.doctor;

import org.jspecify.annotations.NullMarked;
