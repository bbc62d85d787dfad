namespace Sluice.Cli.Demo;

/// <summary>The counts of the original shop: 90,400 users in 32 cells.</summary>
/// <remarks>
/// Figures of the public "E-commerce website funnel analysis" data, with the <c>channel</c> column
/// and the sampled steps 2 and 3 that the author of the original system added. The sample has these
/// counts; its users are made up.
/// </remarks>
internal static class EcommerceCells
{
    /// <summary>The cells, ordered by sex, channel, month and device.</summary>
    public static IReadOnlyList<Cell> All { get; } =
    [
        new("Female", "paid_ads", 1, "Desktop", [4530, 4079, 3628, 2313, 362, 19]),
        new("Female", "paid_ads", 1, "Mobile", [2332, 2080, 1844, 1856, 374, 52]),
        new("Female", "paid_ads", 2, "Desktop", [4478, 4056, 3593, 2312, 372, 18]),
        new("Female", "paid_ads", 2, "Mobile", [2271, 2019, 1843, 1820, 373, 34]),
        new("Female", "paid_ads", 3, "Desktop", [4626, 4133, 3768, 2302, 91, 2]),
        new("Female", "paid_ads", 3, "Mobile", [2244, 2010, 1813, 426, 108, 9]),
        new("Female", "paid_ads", 4, "Desktop", [4511, 4066, 3570, 2237, 79, 7]),
        new("Female", "paid_ads", 4, "Mobile", [2255, 2017, 1757, 452, 90, 10]),
        new("Female", "search", 1, "Desktop", [3016, 2736, 2428, 1538, 263, 14]),
        new("Female", "search", 1, "Mobile", [1536, 1373, 1230, 1206, 244, 24]),
        new("Female", "search", 2, "Desktop", [2970, 2676, 2351, 1488, 233, 8]),
        new("Female", "search", 2, "Mobile", [1480, 1326, 1158, 1200, 257, 26]),
        new("Female", "search", 3, "Desktop", [2886, 2621, 2292, 1405, 71, 4]),
        new("Female", "search", 3, "Mobile", [1494, 1352, 1205, 321, 67, 11]),
        new("Female", "search", 4, "Desktop", [2980, 2693, 2410, 1496, 59, 2]),
        new("Female", "search", 4, "Mobile", [1466, 1314, 1133, 304, 57, 1]),
        new("Male", "paid_ads", 1, "Desktop", [4434, 3983, 3561, 2180, 357, 16]),
        new("Male", "paid_ads", 1, "Mobile", [2276, 2049, 1823, 1833, 340, 34]),
        new("Male", "paid_ads", 2, "Desktop", [4608, 4157, 3647, 2294, 346, 16]),
        new("Male", "paid_ads", 2, "Mobile", [2271, 2037, 1811, 1802, 337, 29]),
        new("Male", "paid_ads", 3, "Desktop", [4587, 4132, 3656, 2266, 82, 6]),
        new("Male", "paid_ads", 3, "Mobile", [2370, 2127, 1881, 464, 99, 6]),
        new("Male", "paid_ads", 4, "Desktop", [4570, 4127, 3673, 2323, 99, 4]),
        new("Male", "paid_ads", 4, "Mobile", [2316, 2106, 1871, 475, 100, 9]),
        new("Male", "search", 1, "Desktop", [3070, 2768, 2464, 1498, 239, 11]),
        new("Male", "search", 1, "Mobile", [1406, 1262, 1103, 1130, 211, 19]),
        new("Male", "search", 2, "Desktop", [2994, 2706, 2426, 1538, 240, 12]),
        new("Male", "search", 2, "Mobile", [1528, 1356, 1249, 1233, 254, 30]),
        new("Male", "search", 3, "Desktop", [2951, 2647, 2357, 1397, 52, 2]),
        new("Male", "search", 3, "Mobile", [1442, 1306, 1155, 298, 61, 4]),
        new("Male", "search", 4, "Desktop", [2989, 2686, 2404, 1513, 65, 9]),
        new("Male", "search", 4, "Mobile", [1513, 1360, 1216, 280, 48, 4]),
    ];
}
