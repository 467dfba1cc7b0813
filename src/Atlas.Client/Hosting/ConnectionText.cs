namespace Atlas.Client.Hosting;

/// <summary>A connection string for a cluster: the database, followed by the cluster's name if it is not the default, as in
/// <c>postgresql://…;ClusterId=shop</c>; or the address of the HTTP API.</summary>
internal static class ConnectionText
{
    private const string ClusterId = ";ClusterId=";

    /// <summary>Fills in the settings that are not set.</summary>
    /// <param name="client">The settings.</param>
    /// <param name="text">The connection string; null if there is none.</param>
    public static void Apply(AtlasClientOptions client, string? text)
    {
        if (client.Address is not null || client.DatabaseUrl is not null || client.Gateways.Count > 0 || text is null)
        {
            return;
        }

        if (text.StartsWith("http://", StringComparison.OrdinalIgnoreCase) || text.StartsWith("https://", StringComparison.OrdinalIgnoreCase))
        {
            client.Address = text;
            return;
        }

        var end = text.LastIndexOf(ClusterId, StringComparison.OrdinalIgnoreCase);
        client.DatabaseUrl = end < 0 ? text : text[..end];
        if (end >= 0)
        {
            client.ClusterId = text[(end + ClusterId.Length)..].Trim();
        }
    }
}
