namespace Atlas.Learning.Journal;

/// <summary>Times that a clock has written which may have been wrong.</summary>
internal static class StoredTimes
{
    /// <summary>How far the clocks of silos may differ.</summary>
    private static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(1);

    /// <summary>Whether something is said to have happened in the future: the clock was ahead when it was stored. Nothing may wait for such
    /// a time, which can be years away.</summary>
    public static bool IsAhead(this DateTimeOffset stored, DateTimeOffset now) => stored - now > Tolerance;
}
