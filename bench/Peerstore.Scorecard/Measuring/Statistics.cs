namespace Peerstore.Scorecard.Measuring;

/// <summary>Numbers about numbers.</summary>
internal static class Statistics
{
    /// <summary>The middle of some values, or the mean of the two in the middle.</summary>
    /// <param name="values">At least one value.</param>
    public static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        ArgumentOutOfRangeException.ThrowIfZero(sorted.Length, nameof(values));
        var middle = sorted.Length / 2;
        return int.IsOddInteger(sorted.Length) ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    /// <summary>Rounds to four significant digits: more than any measurement here repeats.</summary>
    /// <param name="value">The value.</param>
    public static double Rounded(double value)
    {
        if (value == 0 || !double.IsFinite(value))
        {
            return 0;
        }

        var digits = 3 - (int)Math.Floor(Math.Log10(Math.Abs(value)));
        if (digits >= 0)
        {
            return Math.Round(value, Math.Min(digits, 15));
        }

        var unit = Math.Pow(10, -digits);
        return Math.Round(value / unit) * unit;
    }
}
