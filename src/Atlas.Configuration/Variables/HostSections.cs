namespace Atlas.Configuration.Variables;

/// <summary>Sections named <c>Atlas</c> that belong to a process of the cluster, which reads and checks them itself.</summary>
internal static class HostSections
{
    private static readonly string[] Names = ["Silo", "Http", "Api", "Client", "Tls", "ClusterId", "Secret", "SecondSecret", "SecretFile"];

    /// <summary>Whether a key directly below <c>Atlas</c> is one of them.</summary>
    public static bool Own(string name) => Names.Contains(name, StringComparer.OrdinalIgnoreCase);
}
