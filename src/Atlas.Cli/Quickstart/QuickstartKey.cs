using System.Globalization;
using Atlas.Client;
using Atlas.Contracts.Playbooks;

namespace Atlas.Cli.Quickstart;

/// <summary>The learning key of the quickstart: the one that it used last, or the next one to start over.</summary>
internal static class QuickstartKey
{
    public const string First = "quickstart/order-desk";

    private const int Most = 10_000;

    /// <param name="client">The cluster.</param>
    /// <param name="fresh">Whether to start over.</param>
    /// <param name="cancellation">Cancels the request.</param>
    public static async Task<LearningKeyDescription> ChooseAsync(IAtlasClient client, bool fresh, CancellationToken cancellation)
    {
        LearningKeyDescription? used = null;
        for (var number = 1; number < Most; number++)
        {
            var key = number == 1 ? First : string.Create(CultureInfo.InvariantCulture, $"{First}-{number}");
            var found = await client.DescribeAsync(key, cancellation);
            if (found.SessionsObserved == 0)
            {
                return fresh || used is null ? found : used;
            }

            used = found;
        }

        throw new CommandFailedException(ExitCode.Failed, $"The quickstart already has {Most} learning keys. Remove the workspace to start over.");
    }
}
