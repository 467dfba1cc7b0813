using System.Security.Cryptography;
using System.Text;

namespace Atlas.Learning.Text;

/// <summary>SHA-256 of a text in UTF-8.</summary>
public static class Sha256Text
{
    /// <summary>64 lower-case hex digits.</summary>
    public static string Hex(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
