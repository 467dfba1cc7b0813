namespace Atlas.Client.Hosting;

/// <summary>A connection string that names a cluster: its database, and behind the last semicolon the name of the cluster where it is
/// not the usual one, <c>postgresql://…;ClusterId=shop</c>; or the address of its HTTP API.</summary>
internal static class ConnectionText
{
    private const string ClusterId = ";ClusterId=";

    /// <summary>Takes from it what the settings leave open.</summary>
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
