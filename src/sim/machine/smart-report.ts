const attributes: [number, string, number][] = [
  [5, 'Reallocated_Sector_Ct', 0], [9, 'Power_On_Hours', 14_632], [12, 'Power_Cycle_Count', 41], [170, 'Available_Reservd_Space', 0],
  [171, 'Program_Fail_Count', 0], [172, 'Erase_Fail_Count', 0], [174, 'Unsafe_Shutdown_Count', 33], [175, 'Power_Loss_Cap_Test', 5_270],
  [183, 'SATA_Downshift_Count', 0], [184, 'End-to-End_Error_Count', 0], [187, 'Uncorrectable_Error_Cnt', 0], [190, 'Drive_Temperature', 26],
  [197, 'Pending_Sector_Count', 0], [199, 'CRC_Error_Count', 0],
];

/** A disk's SMART data as `smartctl --json` prints it: most of the size of a real inventory. */
export function smartReport(disk: { name: string; model: string; serial: string; sizeBytes: number }): string {
  return JSON.stringify({
    json_format_version: [1, 0],
    smartctl: { version: [7, 1], platform_info: 'x86_64-linux-4.18.0-305.el8.x86_64', exit_status: 0 },
    device: { name: `/dev/${disk.name}`, info_name: `/dev/${disk.name} [SAT]`, type: 'sat', protocol: 'ATA' },
    model_name: disk.model,
    serial_number: disk.serial,
    user_capacity: { blocks: Math.floor(disk.sizeBytes / 512), bytes: disk.sizeBytes },
    smart_status: { passed: true },
    ata_smart_attributes: {
      revision: 1,
      table: attributes.map(([id, name, raw]) => ({ id, name, value: 100, worst: 100, thresh: 0, when_failed: '', raw: { value: raw, string: String(raw) } })),
    },
    power_on_time: { hours: 14_632 },
    power_cycle_count: 41,
    temperature: { current: 26 },
  });
}
