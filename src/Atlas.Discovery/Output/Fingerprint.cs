using System.Security.Cryptography;
using System.Text;
using Atlas.Discovery.Findings;

namespace Atlas.Discovery.Output;

/// <summary>Computes one hash over the sources that define an agent.</summary>
internal static class Fingerprint
{
    public static string Of(ProjectFindings findings) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(
        string.Concat(findings.Modules.Select(module => $"{module.Sha256} {module.File}\n")))));
}
