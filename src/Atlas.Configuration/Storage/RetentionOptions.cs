using System.ComponentModel.DataAnnotations;
using System.Globalization;

namespace Atlas.Configuration.Storage;

/// <summary>How long the data of sessions is kept. What was learned from them is kept forever.</summary>
public sealed record RetentionOptions
{
    private const string Period = "^[1-9][0-9]{0,4}[hdw]$";
    private const string PeriodFault = "must be a number of hours, days or weeks, as in 12h, 90d or 52w";

    /// <summary>How long the trajectory events are kept after a session ends, such as <c>90d</c>. If left out, they are kept
    /// forever.</summary>
    [RegularExpression(Period, ErrorMessage = PeriodFault)]
    public string? Events { get; init; }

    /// <summary>How long a session and everything that belongs to it is kept after it ends, such as <c>52w</c>. If left out, it is kept
    /// forever.</summary>
    [RegularExpression(Period, ErrorMessage = PeriodFault)]
    public string? Sessions { get; init; }

    /// <summary>Whether sessions that an entry of a living playbook cites are kept regardless of their age.</summary>
    /// <value>The default is <see langword="true"/>.</value>
    public bool KeepCited { get; init; } = true;

    /// <summary>The length of a period as it is written in the configuration; null for none, or for what is no period.</summary>
    /// <param name="period">A number and <c>h</c>, <c>d</c> or <c>w</c>.</param>
    public static TimeSpan? LengthOf(string? period) =>
        period is { Length: > 1 } && int.TryParse(period.AsSpan(0, period.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0
            ? period[^1] switch
            {
                'h' => TimeSpan.FromHours(number),
                'd' => TimeSpan.FromDays(number),
                'w' => TimeSpan.FromDays(7L * number),
                _ => null,
            }
            : null;
}
