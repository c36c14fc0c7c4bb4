/** The service {@code ekm} of the channel: what the native provider that SQL Server loads asks for ({@code docs/channel.md}). */
@NullMarked
package org.cofferhsm.ekm.channel;

import org.jspecify.annotations.NullMarked;
