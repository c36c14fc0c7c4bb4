/**
 * What a file format is: the contract that PE, cabinets, catalogs, installer databases, packages and scripts implement,
 * one package each.
 *
 * <h2>How a format is written</h2>
 *
 * <p>A package {@code org.cofferhsm.signtool.format.x} has one public class, {@code XFormat implements}
 * {@link org.cofferhsm.signtool.format.Format}, with a public constructor without parameters; it is added to the list
 * in {@code org.cofferhsm.signtool.file.Formats}. Its {@link org.cofferhsm.signtool.format.SignableFile} reads from a
 * channel that the caller opened (read-only) and closes, and writes whole new files: nothing is edited in place, so the
 * original survives whatever happens.
 *
 * <ul>
 *   <li>Files may be hostile. Check every offset and length against the channel's size before use, in {@code long}
 *       arithmetic; allocate nothing whose size a header alone has decided; bound every loop. Whatever is wrong is
 *       {@code HsmException.dataInvalid("what, where")}, never another exception.
 *   <li>Files may be large: pass them through 64 KB buffers
 *       ({@link org.cofferhsm.signtool.format.Source} does), keep nothing of the content.
 *   <li>Nothing may depend on the clock or on chance: the same file and signature give the same bytes.
 * </ul>
 */
@NullMarked
package org.cofferhsm.signtool.format;

import org.jspecify.annotations.NullMarked;
