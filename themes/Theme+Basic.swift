import Terminal

extension Theme {
  /// What may be other than grey where there are few colours.
  private static let colored: Set<Role> = [
    .critical, .drySoon, .warning, .notice, .lost, .banner, .gaugeCritical,
  ]

  /// The look of `role` with eight or sixteen colours: normal is grey, hues are for what is abnormal.
  ///
  /// Every hue of these is loud, and some cannot be read on black or on white.
  func basicLook(of role: Role, depth: ColorDepth) -> Look {
    let style = self[role]
    let white = depth == .sixteen ? 15 : 7
    if let ground = style.background.components {
      // A ground of its own: the text on it is black or white.
      let index = style.background.basicIndex(depth) ?? ground.nearestHue
      let isLight = ground.isGrey ? ground.luma > 150 : [2, 3, 6, 7].contains(ground.nearestHue)
      return Look(
        foreground: style.foreground.basicIndex(depth) ?? (isLight ? 0 : white),
        background: ground.isGrey ? (isLight ? white : 0) : index,
        attributes: style.attributes,
      )
    }
    let isLight = background.components.map { $0.luma > 150 } ?? false
    var look = Look(attributes: style.attributes)
    look.background = background.components.map { _ in isLight ? white : 0 }
    guard let color = style.foreground.components else { return look }
    if let index = style.foreground.basicIndex(depth) {
      look.foreground = index
    } else if Self.colored.contains(role), !color.isGrey {
      look.foreground = color.basicHue(isOnLight: isLight, depth: depth)
    } else if role != .stale || depth == .sixteen,
      let grey = color.basicGrey(isOnLight: isLight, depth: depth)
    {
      look.foreground = grey
    } else {
      // Eight colours have no grey: the colour of text, dimmed.
      look.foreground = self[.text].foreground.components.map { _ in isLight ? 0 : 7 }
      look.attributes.insert(.dim)
    }
    return look
  }
}

extension ThemeColor {
  /// The number itself, if it is one of so few.
  fileprivate func basicIndex(_ depth: ColorDepth) -> Int? {
    guard case .index(let index) = self, Int(index) < depth.rawValue else { return nil }
    return Int(index)
  }
}

extension RGB {
  /// The nearest hue that can be read on black, or on white.
  fileprivate func basicHue(isOnLight: Bool, depth: ColorDepth) -> Int {
    let hue = nearestHue
    if isOnLight { return hue == 3 ? 1 : hue == 6 ? 4 : hue }
    if depth == .sixteen { return hue + (luma > 150 || hue == 4 ? 8 : 0) }
    return hue == 4 ? 6 : hue
  }

  /// The nearest grey; nil for one between black and white, where there are eight colours.
  fileprivate func basicGrey(isOnLight: Bool, depth: ColorDepth) -> Int? {
    if depth == .eight {
      return isOnLight ? (luma < 90 ? 0 : nil) : (luma < 165 ? nil : 7)
    }
    if isOnLight { return luma < 90 ? 0 : luma < 190 ? 8 : 7 }
    return luma < 165 ? 8 : luma < 240 ? 7 : 15
  }
}
