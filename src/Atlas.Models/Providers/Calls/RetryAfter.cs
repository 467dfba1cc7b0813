using System.Globalization;

namespace Atlas.Models.Providers.Calls;

/// <summary>Reads how long a provider asks to wait before a retry.</summary>
internal static class RetryAfter
{
    /// <summary>Returns the wait from <c>retry-after-ms</c> or <c>Retry-After</c>, in seconds or as a date; null if none is given.</summary>
    public static TimeSpan? Of(HttpResponseMessage response, TimeProvider time)
    {
        if (response.Headers.TryGetValues("retry-after-ms", out var values)
            && double.TryParse(values.First(), NumberStyles.Float, CultureInfo.InvariantCulture, out var milliseconds)
            && milliseconds is >= 0 and < int.MaxValue)
        {
            return TimeSpan.FromMilliseconds(milliseconds);
        }

        var asked = response.Headers.RetryAfter;
        var wait = asked?.Delta ?? (asked?.Date is { } date ? date - time.GetUtcNow() : null);
        return wait < TimeSpan.Zero ? TimeSpan.Zero : wait;
    }
}
