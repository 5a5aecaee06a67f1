const lengthBytes = 4;

/** A frame as emulators put it on a stream: its length, then itself. */
export function encodeFrame(frame: Buffer): Buffer {
  const length = Buffer.alloc(lengthBytes);
  length.writeUInt32BE(frame.length);
  return Buffer.concat([length, frame]);
}

/** Takes the pieces of a stream as they come, and answers the frames that each completes. */
export function createFrameReader(): (piece: Buffer) => Buffer[] {
  let rest = Buffer.alloc(0);
  return (piece) => {
    rest = Buffer.concat([rest, piece]);
    const frames: Buffer[] = [];
    while (rest.length >= lengthBytes) {
      const end = lengthBytes + rest.readUInt32BE();
      if (rest.length < end) break;
      frames.push(rest.subarray(lengthBytes, end));
      rest = rest.subarray(end);
    }
    return frames;
  };
}
