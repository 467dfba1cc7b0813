using System.Collections.Immutable;

namespace Atlas.Configuration.Binding;

/// <summary>Brings values that can be written in several ways into one.</summary>
internal static class Normalisation
{
    public static AtlasConfiguration Apply(AtlasConfiguration configuration) => configuration with
    {
        RuntimeSafety = configuration.RuntimeSafety with
        {
            Review = configuration.RuntimeSafety.Review with
            {
                DefaultExportStatuses = Statuses(configuration.RuntimeSafety.Review.DefaultExportStatuses),
            },
        },
    };

    /// <summary>Trimmed, lower-case and each once; every way to say "all" becomes the empty list.</summary>
    private static ImmutableArray<string> Statuses(ImmutableArray<string> written)
    {
        var statuses = written.Select(status => status.Trim().ToLowerInvariant()).Where(status => status.Length > 0).Distinct().ToImmutableArray();
        return statuses.Contains("*") || statuses.Contains("all") ? [] : statuses;
    }
}
